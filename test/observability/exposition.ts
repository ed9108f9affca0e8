/** One sample of Prometheus' text format. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const COMMENT =
  /^# (?:HELP ([a-zA-Z_:][\w:]*) .+|TYPE ([a-zA-Z_:][\w:]*) (counter|gauge|histogram|summary|untyped))$/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y;

/**
 * Reads the text format strictly; throws on a line that Prometheus would refuse, a sample of an undeclared metric, or a
 * sample that is there twice. https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export function parseExposition(text: string): Sample[] {
  if (!text.endsWith('\n')) throw new Error('The last line must end, too');
  const types = new Map<string, string>();
  const seen = new Set<string>();
  const samples: Sample[] = [];
  for (const line of text.split('\n').filter((each) => each !== '')) {
    if (line.startsWith('#')) {
      const [, , name, type] = COMMENT.exec(line) ?? raise(line);
      if (name !== undefined && type !== undefined) types.set(name, type);
      continue;
    }
    const [, name = '', labels = '', value] = SAMPLE.exec(line) ?? raise(line);
    const family = types.has(name) ? name : name.replace(/_(bucket|sum|count)$/, '');
    if (!types.has(family)) throw new Error(`No TYPE before: ${line}`);
    const key = line.slice(0, line.lastIndexOf(' '));
    if (seen.has(key)) throw new Error(`Twice: ${key}`);
    seen.add(key);
    samples.push({ name, labels: parseLabels(labels, line), value: parseValue(value, line) });
  }
  return samples;
}

function parseLabels(text: string, line: string): Record<string, string> {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < text.length) {
    const [, name = '', value = ''] = LABEL.exec(text) ?? raise(line);
    labels[name] = value;
  }
  return labels;
}

function parseValue(text: string | undefined, line: string): number {
  const value = text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
  return Number.isNaN(value) && text !== 'NaN' ? raise(line) : value;
}

function raise(line: string): never {
  throw new Error(`Not the text format: ${line}`);
}
