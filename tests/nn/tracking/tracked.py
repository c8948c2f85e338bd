"""A training that wandb keeps: python tracked.py FOLDER MODE. Prints every address that this process asks for."""

import sys

import nn


def listen(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        print("address:", arguments[-1] if event.startswith("socket.connect") else arguments, flush=True)


if __name__ == "__main__":
    sys.addaudithook(listen)
    folder, mode = sys.argv[1:]
    model = nn.Sequential(nn.Layer(2, 3, seed=0), nn.Dropout(0.1, seed=1), nn.Layer(3, 1, nonlin=False, seed=2))
    rows = [[x / 10, 1 - x / 7] for x in range(20)]
    targets = [x - y for x, y in rows]
    try:
        run = nn.WandbRun(model, (rows, targets), {"lr": 0.1, "hidden": [3]}, folder, "wide", mode=mode)
    except ValueError as error:
        sys.exit(str(error))
    metrics = {"worst": lambda y, t: max(map(abs, y))}
    for place, name in enumerate(("step", "time", "val_loss", "timestamp", "runtime", "a.b", "a/b", "|")):
        metrics[name] = lambda y, t, place=place: 7.5 + place  # none is another's column
    nn.fit(
        model, rows, targets, nn.mse_loss, nn.SGD(model.parameters(), lr=0.1), epochs=3, seed=0, progress=False,
        validation=(rows[:5], targets[:5]), metrics=metrics, callbacks=[run],
    )  # fmt: skip
    run.finish({"worst": 0.25, "r2": 0.5})
