"""Figures that bring together what the rooms below keep apart. So far: grades beside duties, after both are in."""

from __future__ import annotations

from duecare.figure.gap import Beside, BesideFile, Question, beside, is_breach

__all__ = ["Beside", "BesideFile", "Question", "beside", "is_breach"]
