// A tag and a frame tell the same: what a reader did comes as events that bubble.
window.addEventListener('heapyard-result', ({ detail }) => {
  const { exercise, solved, met, goals } = detail;
  document.querySelector('#result').textContent = solved
    ? `${exercise}: solved.`
    : `${exercise}: ${met} of ${goals} goals are met so far.`;
});
