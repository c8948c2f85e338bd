"""How to get one gradient from each peer that needs more than a call: (step, read) for a function of numbers."""


def ddx_step(start, f, compiled):
    """ddx-ad walks its graph, as it does when nothing else is asked for, or compiles it through LLVM."""
    import ddx
    import numpy as np

    equation = ddx.equation(lambda: f([ddx.var(f"x{place}") for place in range(len(start))]))
    if compiled:
        equation.compile()
    call = equation.buffer(np.array(start))
    call()
    return call, lambda: call.jacobian


def casadi_step(function, start):
    """Call a CasADi function on buffers of its own, without conversions."""
    import numpy as np

    buffer, call = function.buffer()
    value, gradient = np.zeros(1), np.zeros(len(start))
    buffer.set_arg(0, memoryview(start))
    buffer.set_res(0, memoryview(value))
    buffer.set_res(1, memoryview(gradient))
    kept = function, buffer, start, value  # CasADi holds addresses only
    return call, lambda: (gradient, kept)[0]


def xad_step(start, f):
    """Record ``f`` on XAD's tape and roll it back, once."""
    from xad import adj_1st

    found = []

    def step():
        with adj_1st.Tape() as tape:
            parameters = [adj_1st.Real(p) for p in start]
            for p in parameters:
                tape.registerInput(p)
            tape.newRecording()
            y = f(parameters)
            tape.registerOutput(y)
            y.setAdjoint(1.0)
            tape.computeAdjoints()
            found[:] = [p.getDerivative() for p in parameters]

    return step, lambda: found
