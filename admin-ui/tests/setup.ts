// Before every file of tests. What stands in a page is waited for nearly as long as its test may take: the second that is
// usual passes on a machine that is also building before antd has drawn a dialog.
if (typeof document !== 'undefined') {
  const { configure } = await import('@testing-library/dom');
  configure({ asyncUtilTimeout: 20_000 });
}

export {};
