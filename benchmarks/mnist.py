"""One step of training a network 784-30-10 (23,860 parameters), as ``nn.fit`` makes it; benchmarks/training.py."""

from training import contestants

CONTESTANTS = contestants([784, 30, 10])
