// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Statistics } from '../src/admin/workers/statistics';
import { stubLayout } from './layout';
import { shown } from './shown';

beforeAll(stubLayout);
afterEach(cleanup);

interface Variables {
  by: string;
  age: boolean;
  difficulty: boolean;
}

function show() {
  const asked: Variables[] = [];
  shown<Variables>(<Statistics />, ({ variables }) => {
    asked.push(variables);
    const row = { __typename: 'WorkerCount', key: '140105', label: '小店区', count: 20 };
    const ages = ['ADULT', 'OVER_AGE'].map((age, at) => ({ __typename: 'WorkerAgeCount', age, count: at ? null : 12 }));
    const hardships = [{ __typename: 'WorkerDifficultyCount', difficulty: 'LOW_INCOME', count: 7 }];
    return {
      workerStatistics: {
        ...{ __typename: 'WorkerStatistics', total: 40, least: 5 },
        rows: [
          {
            ...row,
            ...(variables.age ? { byAge: ages } : {}),
            ...(variables.difficulty ? { byDifficulty: hardships } : {}),
          },
        ],
      },
    };
  });
  return asked;
}

const press = (name: string) => fireEvent.click(screen.getByRole('radio', { name }));

describe('the counts of workers', () => {
  it('are split by age and by hardship, and a part that is too small is not told', async () => {
    const asked = show();
    await screen.findByText('小店区');
    press('区县');
    press('按年龄段再分');
    await screen.findByRole('columnheader', { name: '超龄' });
    const row = within(screen.getByRole('row', { name: /小店区/ }));
    expect(row.getAllByRole('cell').map(({ textContent }) => textContent)).toEqual([
      ...['小店区', '20', '50.0%', '12', '不显示'],
    ]);
    press('按困难情形再分');
    await screen.findByRole('columnheader', { name: '低收入家庭' });
    expect(screen.queryByRole('columnheader', { name: '超龄' })).toBeNull();
    expect(asked.at(-1)).toEqual({ by: 'COUNTY', age: false, difficulty: true });
  });

  it('are split by nothing that the server does not split them by', async () => {
    const asked = show();
    await screen.findByText('小店区');
    expect(screen.queryByRole('radio', { name: '不再分' })).toBeNull();
    press('工种');
    press('按困难情形再分');
    await screen.findByRole('columnheader', { name: '低收入家庭' });
    press('困难情形');
    expect(await screen.findByRole('radio', { name: '不再分' })).toHaveProperty('checked', true);
    expect(screen.queryByRole('radio', { name: '按困难情形再分' })).toBeNull();
    expect(asked.at(-1)).toEqual({ by: 'DIFFICULTY', age: false, difficulty: false });
  });
});
