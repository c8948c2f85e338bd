"""Text that goes into a picture."""

from visualize.graph.markup import LONGEST, cell, plain_line, shortened, width


def test_line_has_no_breaks_and_nothing_invisible():
    assert plain_line(" a\t b\n\nc ") == "a b c"
    assert plain_line("a\x07\u202eb\ud800") == "a��b�"
    assert plain_line("שלום é 日本") == "שלום é 日本"


def test_a_long_text_keeps_its_beginning_and_its_end():
    assert shortened("x" * LONGEST) == "x" * LONGEST
    text = shortened("blocks.0.attention.heads.0.query.w[3]")
    assert len(text) == LONGEST
    assert text == "blocks.0.…heads.0.query.w[3]"


def test_cell_escapes_markup_and_backslashes():
    assert cell('<b>&"\\N', 11) == "<td >&lt;b&gt;&amp;&quot;\\\\N</td>"


def test_empty_cell_has_no_empty_tag_that_graphviz_would_refuse():
    assert cell("", 11, tag="b") == "<td ></td>"


def test_cell_is_wide_enough_where_the_renderer_would_count_spaces():
    assert "width" not in cell("plain", 11)
    assert f'width="{width("日本", 11)}"' in cell("日本", 11)
    assert width("日本", 11) > width("éé", 11) > width("e\u0301e\u0301", 11) - 1
