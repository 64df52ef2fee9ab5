"""What an archive takes in and gives out besides scans: exhibits, galleries, ALTO, METS, text."""
