import { RESOURCES } from '#core/domain/footprint.ts';
import type { InputOptions, OptionName } from './input-options.ts';

/** Which of the options some file had a use for. */
export class OptionUse {
  private readonly used = new Set<OptionName>();

  mark(option: OptionName): void {
    this.used.add(option);
  }

  /** A sentence for each of the given options that no file had a use for. */
  notices(given: InputOptions): readonly string[] {
    return givenOptions(given)
      .filter(({ option }) => !this.used.has(option))
      .map(({ text, why }) => `${text} has no effect: ${why}`);
  }
}

interface GivenOption {
  readonly option: OptionName;
  /** As it was written. */
  readonly text: string;
  /** Why it has no effect, if it has none. */
  readonly why: string;
}

function givenOptions(given: InputOptions): readonly GivenOption[] {
  const { columns, header, isWide, resources, units, epoch, timeZone, by, application } = given;
  const plain: readonly (GivenOption & { readonly isGiven: boolean })[] = [
    {
      option: 'columns',
      text: '--columns',
      isGiven: header !== null,
      why: 'no table was read whose columns have no names',
    },
    { option: 'wide', text: '--wide', isGiven: isWide, why: 'no CSV was read' },
    {
      option: 'epoch',
      text: '--epoch',
      isGiven: epoch !== null,
      why: 'the files say from when on their times count',
    },
    {
      option: 'timeZone',
      text: '--time-zone',
      isGiven: timeZone !== null,
      why: 'the times have a zone of their own, or count from 1970',
    },
    { option: 'by', text: '--by', isGiven: by.length > 0, why: 'the files have no labels' },
    {
      option: 'application',
      text: '--application',
      isGiven: application !== null,
      why: 'the files name their applications',
    },
  ];
  return [
    ...[...columns].map(([name, column]) => ({
      option: `map ${name}` as const,
      text: `--map ${name}=${column}`,
      why: 'no table was read by the names of its columns',
    })),
    ...RESOURCES.filter((name) => resources.includes(name)).map((name) => ({
      option: `resource ${name}` as const,
      text: `--resource ${name}`,
      why: 'the files say of which resources they are',
    })),
    ...RESOURCES.filter((name) => units[name] !== undefined).map((name) => ({
      option: `unit ${name}` as const,
      text: `--unit ${name}`,
      why: `the files have no ${name}, or say its unit`,
    })),
    ...plain.filter(({ isGiven }) => isGiven),
  ];
}
