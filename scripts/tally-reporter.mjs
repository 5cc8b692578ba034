/**
 * Jest reporter: the last line on standard output is exactly `N passed, N failed, N skipped`. A suite that does not
 * compile, or fails before its tests, counts as one failed test.
 */
export default class TallyReporter {
  #skippedTooMuch = false;

  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    this.#skippedTooMuch = process.env.TANDEM_TEST_NO_SKIP === '1' && skipped > 0;
    if (skipped > 0) process.stderr.write(`\nSKIPPED: ${skipped} tests\n${skippedSuites(results).join('\n')}\n`);
    process.stdout.write(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
  }

  getLastError() {
    return this.#skippedTooMuch ? new Error('A skipped test is a failure here (--no-skip).') : undefined;
  }
}

function skippedSuites(results) {
  return results.testResults.flatMap((suite) => {
    const count = suite.numPendingTests + suite.numTodoTests;
    return count === 0 ? [] : [`  ${count} in ${suite.testFilePath}`];
  });
}
