"""Mail that came back: read it, find the message it is about, draw the consequence."""
