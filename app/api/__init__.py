"""REST for delegates and machines: translate, authorise, call one action or view."""
