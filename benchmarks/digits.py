"""One step of training a network 64-32-10 (2,410 parameters), as ``nn.fit`` makes it; benchmarks/training.py."""

from training import contestants

CONTESTANTS = contestants([64, 32, 10])
