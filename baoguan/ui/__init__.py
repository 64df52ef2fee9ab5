"""Pages that people see: Streamlit pages, one component, and the HTTP routes served beside them."""
