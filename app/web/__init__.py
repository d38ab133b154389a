"""Pages for people: server-rendered, usable without JavaScript, calling the same actions and views as the API."""
