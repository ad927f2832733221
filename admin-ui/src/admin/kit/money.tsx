import { InputNumber } from 'antd';

/** Fen as yuan are written: `180`, `25.5`. */
export const yuanOf = (fen: number) => String(fen / 100);
export const fenOf = (yuan: number) => Math.round(yuan * 100);

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
      onChange={(yuan) => onChange?.(typeof yuan === 'number' ? fenOf(yuan) : null)}
      min={min}
      precision={2}
      formatter={(text) =>
        text === undefined ? '' : String(text).replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : zeros))
      }
      style={{ width: '100%' }}
    />
  );
}
