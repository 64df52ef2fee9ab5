"""What is served beside the pages: image tiles, health, the kiosk's first screen, static files."""
