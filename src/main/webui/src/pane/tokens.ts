/** A piece of a line and its colour's class; none: plain. */
export interface Token {
  text: string;
  kind: string;
}

/** As much of a tree of syntax as is read here (hast's nodes, as lowlight makes them). */
export interface Tree {
  type: string;
  value?: string;
  properties?: { className?: unknown };
  children?: readonly Tree[];
}

/** Cuts a tree of syntax into the tokens of each line. */
export function byLine(tree: Tree): Token[][] {
  const lines: Token[][] = [[]];
  const walk = (node: Tree, kind: string) => {
    if (node.type === 'text') {
      (node.value ?? '').split('\n').forEach((text, i) => {
        if (i > 0) {
          lines.push([]);
        }
        if (text) {
          lines.at(-1)?.push({ text, kind });
        }
      });
      return;
    }
    const classes = node.properties?.className;
    const own = Array.isArray(classes) ? classes.filter((each) => /^[\w-]+$/.test(each)) : [];
    node.children?.forEach((child) => walk(child, own.join(' ') || kind));
  };
  walk(tree, '');
  return lines;
}
