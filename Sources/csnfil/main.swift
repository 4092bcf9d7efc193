print("csnfil")
