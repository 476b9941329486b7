"""A program of Python that maps three numbers, as our command does."""

import multiprocessing


def square(x):
    return x * x


if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        for value in pool.imap(square, range(1, 4)):
            print(value, flush=True)
