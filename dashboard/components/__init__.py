"""Values into Dash components: nothing here reads a disk, a snapshot or the address."""
