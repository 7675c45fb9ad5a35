// A button does its work once at a time.

/// Runs `work` unless it runs already, however often the button is pressed.
export async function once(pressed, work) {
  if (pressed.disabled) return;
  pressed.disabled = true;
  try {
    await work();
  } finally {
    pressed.disabled = false;
  }
}
