"""What people at work open: the worklist, a case, the custody and visits boards, the front page."""
