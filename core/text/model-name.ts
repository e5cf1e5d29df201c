import { membersOf, type Composition } from '#models/contract/composition.ts';

/** What a family does, in words, and the word that stands for it in a mix. */
interface FamilyWords {
  readonly name: string;
  readonly word: string;
}

const FAMILIES: Readonly<Record<string, FamilyWords>> = {
  'seasonal-naive-day': { name: 'daily pattern', word: 'day' },
  'seasonal-naive-week': { name: 'weekly pattern', word: 'week' },
  drift: { name: 'line (drift)', word: 'line' },
  'quantile-mixture': { name: 'usual range', word: 'usual range' },
  'quantile-mixture-short': { name: 'recent range', word: 'recent range' },
  'horizon-mixture': { name: 'range of the last hours', word: 'range' },
  'exponential-smoothing': { name: 'smoothed level', word: 'level' },
  arima: { name: 'seasonal trend (ARIMA)', word: 'ARIMA' },
  'learned-pool': { name: 'similar situations', word: 'situations' },
  'linear-quantile': { name: 'trend + daily + weekly pattern', word: 'trend' },
  'seasonal-autoregression': { name: 'autoregression with seasons', word: 'autoregression' },
  'seasonal-autoregression-mix': {
    name: 'mean of seasonal autoregressions',
    word: 'autoregressions',
  },
  'harmonic-regression': { name: 'waves of day and week', word: 'waves' },
  lstm: { name: 'neural network (LSTM)', word: 'LSTM' },
  'lstm-tuned': { name: 'tuned neural network (LSTM)', word: 'tuned LSTM' },
};

/** Longest name of a mix; more families are left out of it. */
const LONGEST = 45;

/** A family in words; what is not known here, such as an external model, keeps its name. */
export function familyName(family: string): string {
  return FAMILIES[family]?.name ?? withoutCommas(family);
}

/**
 * A model in words without commas: "daily pattern", "mix of 3 (situations + trend + day)". Several
 * models may have the same name: what they are made of exactly is the composition.
 */
export function modelName(composition: Composition): string {
  const members = membersOf(composition);
  const [only] = members;
  if (only === undefined) return 'none';
  if (members.length === 1) return familyName(only);
  const words = members.map((member) => FAMILIES[member]?.word ?? withoutCommas(member));
  for (let shown = words.length; shown > 0; shown--) {
    const rest = shown < words.length ? ' + …' : '';
    const name = `mix of ${members.length} (${words.slice(0, shown).join(' + ')}${rest})`;
    if (name.length <= LONGEST) return name;
  }
  return `mix of ${members.length}`;
}

/** A row of a cross-validation table in words. */
export function candidateName(candidate: {
  readonly model: string;
  readonly composition?: Composition;
}): string {
  return candidate.composition ? modelName(candidate.composition) : familyName(candidate.model);
}

/** The exact composition as one line: "steps 1–12: arima; 13–288: mean of arima, learned-pool". */
export function compositionText(composition: Composition): string {
  return composition
    .map(({ first, last, members }, k) => {
      const steps = `${k === 0 ? 'steps ' : ''}${first}–${last}`;
      return `${steps}: ${members.length > 1 ? 'mean of ' : ''}${members.join(', ')}`;
    })
    .join('; ');
}

const withoutCommas = (name: string): string => name.replaceAll(',', ' ');
