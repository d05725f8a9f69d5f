package acme.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

public class Bean implements RequestHandler<Bean.Order, String> {
    public static class Order {
        private int amount = 1;

        public int getAmount() {
            return amount;
        }

        public void setAmount(int amount) {
            this.amount = amount;
        }
    }

    @Override
    public String handleRequest(Order order, Context context) {
        return "amount " + order.getAmount();
    }
}
