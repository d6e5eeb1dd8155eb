"""The speed claims, to be measured again: `make bench`. What is measured and with what stands in `goals`."""
