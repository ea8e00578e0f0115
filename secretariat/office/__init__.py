"""Composition: reads the configuration, opens adapters, seats them at the stages.

`lookup` serves the commands that need no register; `opening` opens the whole office.
"""
