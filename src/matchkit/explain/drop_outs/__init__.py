"""Drop-outs: invitations, backups and losses."""
