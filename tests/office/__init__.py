"""Tests of the office opened from a configuration."""
