"""Pure rules of drafts and recommendations."""
