/**
 * A validator for the part of JSON Schema 2020-12 that the project's schema uses: an unknown keyword is an error, so
 * that none goes unchecked.
 *
 * @module
 */

/** A schema with keywords, or `true` or `false`, which match everything and nothing. */
export type Schema = boolean | Keywords;

interface Keywords {
  readonly [keyword: string]: unknown;
}

/** A value to check, and its path. */
interface Place {
  readonly value: unknown;
  readonly path: string;
}

/** The problems at a place with a keyword; `schema` has the other keywords. */
type Check = (place: Place, expected: unknown, schema: Keywords) => string[];

/** The problems of a value, each with its path; none if it matches. */
export function validate(value: unknown, schema: Schema): string[] {
  return new Validator(schema).check({ value, path: "$" }, schema);
}

class Validator {
  readonly #root: Schema;
  readonly #checks: Readonly<Record<string, Check>> = {
    $schema: () => [],
    $id: () => [],
    $defs: () => [],
    title: () => [],
    description: () => [],
    $ref: (place, expected) => this.check(place, this.#definition(String(expected))),
    oneOf: (place, expected) => {
      const problems = list(expected).map((schema) => this.check(place, toSchema(schema)));
      const matches = problems.filter(({ length }) => length === 0).length;
      return matches === 1 ? [] : [`${place.path}: matches ${matches} of oneOf`, ...problems.flat()];
    },
    properties: (place, expected) =>
      properties(place).flatMap(([key, part]) => {
        const schema = toKeywords(expected)[key];
        return schema === undefined ? [] : this.check(part, toSchema(schema));
      }),
    additionalProperties: (place, expected, schema) =>
      properties(place).filter(([key]) => !Object.hasOwn(toKeywords(schema.properties ?? {}), key))
        .flatMap(([, part]) => this.check(part, toSchema(expected))),
    propertyNames: (place, expected) =>
      properties(place).flatMap(([key, { path }]) => this.check({ value: key, path }, toSchema(expected))),
    prefixItems: (place, expected) =>
      list(expected).flatMap((schema, i) =>
        items(place).slice(i, i + 1).flatMap((part) => this.check(part, toSchema(schema)))
      ),
    items: (place, expected, { prefixItems = [] }) =>
      items(place).slice(list(prefixItems).length).flatMap((part) => this.check(part, toSchema(expected))),
    required: (place, expected) => {
      const keys = properties(place).map(([key]) => key);
      const missing = isObject(place.value) ? list(expected).filter((key) => !keys.includes(String(key))) : [];
      return missing.map((key) => `${place.path}: has no ${key}`);
    },
    type: check((value, expected) => list(expected).some((type) => isOfType(value, type))),
    const: check((value, expected) => value === expected),
    enum: check((value, expected) => list(expected).includes(value)),
    minItems: check((value, expected) => !Array.isArray(value) || value.length >= Number(expected)),
    maxItems: check((value, expected) => !Array.isArray(value) || value.length <= Number(expected)),
    uniqueItems: check((value) => !Array.isArray(value) || new Set(value).size === value.length),
    minLength: check((value, expected) => typeof value !== "string" || value.length >= Number(expected)),
    pattern: check((value, expected) => typeof value !== "string" || new RegExp(String(expected), "u").test(value)),
    minimum: check((value, expected) => typeof value !== "number" || value >= Number(expected)),
    maximum: check((value, expected) => typeof value !== "number" || value <= Number(expected)),
  };

  constructor(root: Schema) {
    this.#root = root;
  }

  check(place: Place, schema: Schema): string[] {
    if (typeof schema === "boolean") return schema ? [] : [`${place.path}: is not allowed`];
    return Object.entries(schema).flatMap(([keyword, expected]) => {
      const check = this.#checks[keyword];
      if (check === undefined) throw new TypeError(`Cannot check the keyword "${keyword}"`);
      return check(place, expected, schema).map((problem) =>
        problem === "" ? mismatch(place, keyword, expected) : problem
      );
    });
  }

  /** The schema that `#/$defs/name` refers to. */
  #definition(reference: string): Schema {
    const path = reference.split("/");
    if (path.shift() !== "#") throw new TypeError(`Cannot follow the reference "${reference}"`);
    return toSchema(path.reduce<unknown>((schema, key) => toKeywords(schema)[key], this.#root));
  }
}

/** A check of the value alone; what is wrong is said by {@linkcode mismatch}. */
function check(matches: (value: unknown, expected: unknown) => boolean): Check {
  return ({ value }, expected) => matches(value, expected) ? [] : [""];
}

function mismatch({ value, path }: Place, keyword: string, expected: unknown): string {
  return `${path}: expected ${keyword} ${JSON.stringify(expected)}, got ${JSON.stringify(value)}`;
}

function isOfType(value: unknown, type: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  const ownType = value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  return type === ownType;
}

function properties({ value, path }: Place): [key: string, place: Place][] {
  return isObject(value)
    ? Object.entries(value).map(([key, part]) => [key, { value: part, path: `${path}.${key}` }])
    : [];
}

function items({ value, path }: Place): Place[] {
  return Array.isArray(value) ? value.map((part, i) => ({ value: part, path: `${path}[${i}]` })) : [];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isObject(value: unknown): value is Keywords {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function toKeywords(value: unknown): Keywords {
  if (!isObject(value)) throw new TypeError(`Cannot use ${JSON.stringify(value)} as a schema: expected an object`);
  return value;
}

function toSchema(value: unknown): Schema {
  return typeof value === "boolean" ? value : toKeywords(value);
}
