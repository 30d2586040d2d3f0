"""What happens in a room: seats, the floor, what is said, the drafts; and who sits with whom."""
