// A link may lead to a comment inside a folded run of replies: open the folds around it and go there.

function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const folds = [];
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) folds.push(fold);
  if (folds.every((fold) => fold.open)) return;
  folds.forEach((fold) => (fold.open = true));
  target.scrollIntoView({ behavior: "instant" });
}

addEventListener("hashchange", reveal);
reveal();
