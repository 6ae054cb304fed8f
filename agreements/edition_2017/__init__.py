"""The 2017 edition as rows: plain data, generators and the loader that writes them."""
