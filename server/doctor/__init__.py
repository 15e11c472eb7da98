"""The checks of `connectx doctor`: one module for each subject. They change nothing."""
