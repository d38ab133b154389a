"""What leaves the house by itself: webhooks and mail. A face on top of actions and views."""
