"""The figures, one look for page, Word and paper: colour-blind safe, with their key, their data and a text in words."""

from outputs.figures.coverage import heat_map, heat_maps, scale_text, theme_bars, what_how_bars
from outputs.figures.drawing import Drawing, inline, png, write_drawing
from outputs.figures.maps import theme_maps
from outputs.figures.network import tension_network

__all__ = [
    "Drawing",
    "heat_map",
    "heat_maps",
    "inline",
    "png",
    "scale_text",
    "tension_network",
    "theme_bars",
    "theme_maps",
    "what_how_bars",
    "write_drawing",
]
