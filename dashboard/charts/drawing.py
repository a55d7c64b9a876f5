"""A chart as the browser takes it: traces and layout in plotly's terms, not yet looked through property by property."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go


class Drawing(dict[str, Any]):
    """`data` and `layout` of a plotly figure, as plain values.

    Plotly's own objects check and copy every property, which for a chart of hundreds of traces takes ten times as long as drawing
    it, once per reader. `checked` does that where it is wanted: the tests look at every chart through it.
    """

    def __init__(self, left_out: int = 0, **parts: Any) -> None:
        super().__init__(**parts)
        self.left_out = left_out
        """How many names, counts and words beside marks found no room; their marks say them when pointed at."""

    @property
    def checked(self) -> "go.Figure":
        """The same as plotly's figure. Raises `ValueError` for what plotly does not know."""
        import plotly.graph_objects as go  # noqa: PLC0415 - half a second of every start, for what no reader asks for

        return go.Figure(self)

    @property
    def data(self) -> tuple[Any, ...]:
        """The traces as plotly's objects, checked."""
        traces: tuple[Any, ...] = self.checked.data
        return traces

    @property
    def layout(self) -> Any:
        """The layout as plotly's object, checked."""
        return self.checked.layout

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return int(self["layout"].get("height") or 320)
