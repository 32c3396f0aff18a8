"""Reaching controls as somebody does who has no mouse."""

MOST_STOPS = 400
"""How many controls one may pass on the way."""


def press(control, key="Enter"):
    """Go to a control by Tab from where the focus is, round the page if need be, and press a key on it."""
    page = control.page
    handle = control.element_handle()
    for _ in range(MOST_STOPS):
        if handle.evaluate("one => one === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {control}.")
