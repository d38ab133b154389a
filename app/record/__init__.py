"""The database: models, engine and sessions, and the journal that records every act."""
