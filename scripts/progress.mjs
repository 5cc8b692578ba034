/**
 * One line on standard error that ticks with elapsed seconds. Standard output stays clean: its last line may be read
 * by a machine. Where nobody watches (no terminal) it prints a line every ten seconds instead.
 */
export function progressLine(title) {
  const started = Date.now();
  const watched = process.stderr.isTTY === true;
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const draw = () => process.stderr.write(watched ? `\r${title} … ${seconds()} s` : `${title} … ${seconds()} s\n`);
  draw();
  const timer = setInterval(draw, watched ? 1000 : 10_000);
  return {
    end(outcome) {
      clearInterval(timer);
      process.stderr.write(`${watched ? '\r' : ''}${title}: ${outcome} after ${seconds()} s\n`);
    },
  };
}
