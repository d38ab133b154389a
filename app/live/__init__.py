"""What goes on while nobody asks: the change feed across processes, webhooks and mail. On top of actions and views."""
