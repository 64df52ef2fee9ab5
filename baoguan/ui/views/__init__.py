"""Pages as functions from a visit to HTML; they know nothing of Streamlit."""
