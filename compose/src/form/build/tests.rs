//! Small forms; whole charts stand in `compose/tests`.
