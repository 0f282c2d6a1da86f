"""From records to persons: what two records have in common, who judged, what forbids a join, who is one person."""
