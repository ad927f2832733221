import { InputNumber } from 'antd';
import { useCallback, useMemo } from 'react';
import { useT, useTerm } from '../app/i18n';

/** Fen as yuan: whole yuan without decimals. */
export function yuan(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2);
}

/** What somebody typed as yuan, in fen; nothing where it is no amount. */
export function toFen(typed: number | null | undefined): number | null {
  return typed === null || typed === undefined || !Number.isFinite(typed) ? null : Math.round(typed * 100);
}

/** Amounts in words: `350 元`, and a wage with what it is for. */
export function useMoney() {
  const t = useT();
  const term = useTerm();
  const amount = useCallback(
    (fen: number | null | undefined) => (fen === null || fen === undefined ? '—' : t('money.yuan', { n: yuan(fen) })),
    [t],
  );
  return useMemo(
    () => ({
      amount,
      wage: ({ wageFen, wageUnit }: { wageFen: number; wageUnit: string }) =>
        t('money.per', { amount: amount(wageFen), unit: term('wageUnit', wageUnit) }),
    }),
    [amount, t, term],
  );
}

interface Props {
  id?: string;
  value?: number | null;
  onChange?: (fen: number | null) => void;
  min?: number;
}

/** A sum as it is typed, in yuan; its value is in fen. */
export function YuanInput({ id, value, onChange, min = 0 }: Props) {
  return (
    <InputNumber<number>
      {...(id ? { id } : {})}
      value={typeof value === 'number' ? value / 100 : null}
      onChange={(typed) => onChange?.(toFen(typed))}
      min={min}
      precision={2}
      formatter={(text) =>
        text === undefined ? '' : String(text).replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros))
      }
      style={{ width: '100%' }}
    />
  );
}
