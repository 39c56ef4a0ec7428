import { expect, test } from 'vitest';
import { firmViewOf } from '../../core/views/firm.ts';
import { limitUsesAbove } from '../../core/views/firmRisk.ts';
import { sandboxLimits } from '../../sandbox/limits.ts';
import { FirmDesk } from '../fixtures/firmDesk.ts';

test('every place with limits has more room than those below it, and warns before it refuses', () => {
  const firm = new FirmDesk();
  for (const command of sandboxLimits()) firm.desk.accept(command);
  const { nodes } = firmViewOf(firm.desk.engine, firm.memberOf('trader'));
  const limited = nodes.filter(({ limits }) => limits !== null);
  expect(limited).toHaveLength(sandboxLimits().length);
  for (const { label, parent, limits } of limited) {
    const { soft, hard } = limits!;
    expect([soft.grossUsd! < hard.grossUsd!, soft.netUsd! < hard.netUsd!], label).toEqual([true, true]);
    expect(soft.dayLossUsd!, label).toBeLessThan(hard.dayLossUsd!);
    const above = nodes.find(({ node }) => node === parent)?.limits?.hard;
    if (above === undefined) continue;
    expect(hard.grossUsd!, label).toBeLessThan(above.grossUsd!);
    expect(hard.dayLossUsd!, label).toBeLessThan(above.dayLossUsd!);
    expect(hard.orderUsd!, label).toBeLessThanOrEqual(above.orderUsd!);
  }
});

test('a fresh firm uses none of its limits', () => {
  const firm = new FirmDesk();
  for (const command of sandboxLimits()) firm.desk.accept(command);
  const uses = limitUsesAbove(firm.desk.engine.state, [8, 9, 10]);
  expect(uses.map(({ kind }) => kind)).toEqual(sandboxLimits().flatMap(() => ['gross', 'net', 'dayLoss']));
  expect(uses.every(({ used, soft, hard }) => used === 0 && soft! < hard!)).toBe(true);
});
