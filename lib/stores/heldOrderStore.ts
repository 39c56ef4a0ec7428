import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** The order whose line somebody holds on the chart: its row says so while it is carried. */
const heldOrder = createStore<{ orderId: number | undefined }>()(() => ({ orderId: undefined }));

export function holdOrder(orderId: number | undefined): void {
  if (heldOrder.getState().orderId !== orderId) heldOrder.setState({ orderId });
}

export function isOrderHeld(orderId: number): boolean {
  return heldOrder.getState().orderId === orderId;
}

export function useOrderHeld(orderId: number): boolean {
  return useStore(heldOrder, (held) => held.orderId === orderId);
}
