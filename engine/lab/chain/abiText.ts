/** A parameter as the compiler describes it. */
interface Parameter {
  readonly name: string;
  readonly type: string;
  /** `struct Root`, `struct Library.Name[]`: what a `tuple` is called where it was written. */
  readonly internalType?: string;
  readonly indexed?: boolean;
  readonly components?: readonly Parameter[];
}

/** One function, event, error or the constructor. */
export interface AbiPart {
  readonly type: string;
  readonly name?: string;
  readonly stateMutability?: string;
  readonly inputs?: readonly Parameter[];
  readonly outputs?: readonly Parameter[];
}

/** An interface in lines, as `parseAbi` reads them: its structures first. */
export function abiLines(abi: readonly AbiPart[]): string[] {
  const structs = new Map<string, string>();
  for (const { inputs = [], outputs = [] } of abi) collect([...inputs, ...outputs], structs);
  return [...structs.values(), ...abi.map(signatureOf)];
}

function collect(parameters: readonly Parameter[], structs: Map<string, string>): void {
  for (const parameter of parameters) {
    const { components } = parameter;
    if (components === undefined) continue;
    collect(components, structs);
    const name = structName(parameter);
    structs.set(name, `struct ${name} { ${components.map((each) => `${parameterText(each)};`).join(' ')} }`);
  }
}

function signatureOf(part: AbiPart): string {
  const { type, name = '', stateMutability, inputs = [], outputs = [] } = part;
  const called = `${type === 'constructor' ? 'constructor' : `${type} ${name}`}(${listed(inputs)})`;
  if (type !== 'function') return called;
  const mutability = stateMutability === 'nonpayable' ? '' : ` ${stateMutability}`;
  return `${called}${mutability}${outputs.length > 0 ? ` returns (${listed(outputs)})` : ''}`;
}

function listed(parameters: readonly Parameter[]): string {
  return parameters.map(parameterText).join(', ');
}

function parameterText(parameter: Parameter): string {
  const { name, type, indexed, components } = parameter;
  const written = components === undefined ? type : `${structName(parameter)}${type.slice('tuple'.length)}`;
  return [written, indexed ? 'indexed' : '', name].filter((word) => word !== '').join(' ');
}

function structName({ internalType = '' }: Parameter): string {
  return /(\w+)(?:\[\d*\])*$/.exec(internalType)?.[1] ?? internalType;
}
