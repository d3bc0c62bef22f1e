"""Profiles from other formats: JSON Resume, LinkedIn's data export, Open Badges; what is left behind is told."""
