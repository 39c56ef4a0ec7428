// Gives a bundle its constants back. Read only once packages are installed.
const { default: ts } = await import('typescript');

/**
 * esbuild declares what stands at the top of a bundle with `var`, so that a page starts sooner. V8 then reads and
 * checks every constant of a module each time it is used, where it folds a `const` into the code, and with it the
 * members of tables such as `MatchAction`: an eighth of what an order costs (decision 084).
 *
 * Only what is declared once, with a value, and assigned nowhere is changed. Source lines keep their places.
 *
 * @param {string} text of a bundle that is a module
 */
export function keepConstants(text) {
  const file = ts.createSourceFile('bundle.mjs', text, ts.ScriptTarget.ESNext);
  const assigned = namesAssignedIn(file);
  let kept = '';
  let end = 0;
  for (const statement of file.statements) {
    if (!isConstant(statement, assigned)) continue;
    const at = statement.getStart(file);
    kept += `${text.slice(end, at)}const`;
    end = at + 'var'.length;
  }
  return kept + text.slice(end);
}

function isConstant(statement, assigned) {
  if (!ts.isVariableStatement(statement)) return false;
  const { flags, declarations } = statement.declarationList;
  if ((flags & ts.NodeFlags.BlockScoped) !== 0) return false;
  return declarations.every(
    ({ name, initializer }) => initializer !== undefined && ts.isIdentifier(name) && !assigned.has(name.text),
  );
}

/** Every name that is given a value anywhere but where it is declared, or declared twice; of whatever scope it is. */
function namesAssignedIn(file) {
  const assigned = new Set();
  const declared = new Set();
  const addAll = (target) => {
    if (ts.isIdentifier(target)) assigned.add(target.text);
    // In a pattern; what has members, or is declared in the head of a loop, is no name from outside.
    else if (isPattern(target)) ts.forEachChild(target, addAll);
  };
  const visit = (node) => {
    if (isAssignment(node)) addAll(node.left);
    else if (isStep(node)) addAll(node.operand);
    else if (ts.isForInStatement(node) || ts.isForOfStatement(node)) addAll(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name } of statement.declarationList.declarations) {
      if (declared.has(name.text)) assigned.add(name.text);
      declared.add(name.text);
    }
  }
  return assigned;
}

function isPattern(node) {
  const isList = ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);
  return (
    isList ||
    ts.isObjectLiteralElement(node) ||
    ts.isSpreadElement(node) ||
    ts.isParenthesizedExpression(node)
  );
}

function isAssignment(node) {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isStep(node) {
  const isUnary = ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node);
  return (
    isUnary &&
    (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
  );
}
