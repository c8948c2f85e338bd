from types import SimpleNamespace

import nn


def test_parameters_are_taken_down_at_the_start_and_after_each_epoch():
    model = nn.Neuron(1, nonlin=False, seed=0)
    history = nn.ParameterHistory(model)
    start = model.w[0].data
    for epoch in (1, 2):
        model.zero_grad()
        nn.mse_loss(model([2.0]), 1.0).backward()
        gradient = model.w[0].grad
        for parameter in model.parameters():
            parameter.data -= 0.1 * parameter.grad
        history(SimpleNamespace(epoch=epoch, loss=0.0, model=model))
        assert history.gradients["w[0]"][-1] == gradient
    assert history.epochs == [0, 1, 2]
    assert history.weights.keys() == history.gradients.keys() == {"w[0]", "b"}
    first, second, third = history.weights["w[0]"]
    assert (first, third) == (start, model.w[0].data)
    assert second == start - 0.1 * history.gradients["w[0]"][1]
    assert history.gradients["b"][0] == 0
