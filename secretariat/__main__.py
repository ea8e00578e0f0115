"""`python -m secretariat` is the console command."""

from secretariat.cli import main

if __name__ == "__main__":
    main()
