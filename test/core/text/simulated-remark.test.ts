import { expect, it } from 'vitest';
import { simulatedRemark } from '#core/text/simulated-remark.ts';

const named = (applicationId: string, isSimulated?: boolean) =>
  isSimulated === undefined ? { applicationId } : { applicationId, isSimulated };

it('says nothing of what was measured', () => {
  expect(simulatedRemark([])).toBeNull();
  expect(simulatedRemark([named('a'), named('b', false)])).toBeNull();
});

it('names what was simulated, or says that all was', () => {
  expect(simulatedRemark([named('a', true)])).toBe('simulated: a was not measured');
  expect(simulatedRemark([named('a', true), named('b', true)])).toBe(
    'simulated: none of these 2 applications was measured',
  );
  expect(simulatedRemark([named('a', true), named('b')])).toBe('simulated, not measured: a');
  const many = ['a', 'b', 'c', 'd', 'e'].map((id) => named(id, true));
  expect(simulatedRemark([...many, named('f')])).toBe(
    'simulated, not measured: a, b, c and 2 more of 6',
  );
});
