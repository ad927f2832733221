// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { ConfigProvider, Form, type FormInstance } from 'antd';
import { createRef } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HoursEditor } from '../src/admin/markets/form/hours';
import { ALL_DAYS, type HoursValue } from '../src/admin/markets/form/values';
import { stubLayout } from './layout';

beforeAll(stubLayout);
afterEach(cleanup);

const GRAPES: HoursValue = {
  season: 'ALL_YEAR',
  fromMonth: 8,
  toMonth: 10,
  weekdays: [...ALL_DAYS],
  opens: '05:00',
  closes: '12:00',
  nextDay: false,
};

function edit(list: string, hours: HoursValue): FormInstance {
  const form = createRef<FormInstance>();
  render(
    <ConfigProvider theme={{ token: { motion: false } }}>
      <Form ref={form} name="edit" initialValues={{ [list]: [hours] }}>
        <HoursEditor name={list} />
      </Form>
    </ConfigProvider>,
  );
  return form.current as FormInstance;
}

describe('opening hours as they are edited', () => {
  it.each(['hours', 'timetable'])('show and keep the months of a span in the %s, also all year', async (list) => {
    const form = edit(list, GRAPES);
    expect(screen.getByText('从几月')).toBeDefined();
    expect(await form.validateFields()).toEqual({ [list]: [GRAPES] });
  });

  it('need no months for the whole year, and both where one is given', async () => {
    const form = edit('hours', { ...GRAPES, fromMonth: null, toMonth: null });
    await expect(form.validateFields()).resolves.toBeDefined();
    form.setFieldValue(['hours', 0, 'fromMonth'], 8);
    await waitFor(() =>
      expect(form.validateFields()).rejects.toMatchObject({ errorFields: [{ name: ['hours', 0, 'toMonth'] }] }),
    );
  });
});
