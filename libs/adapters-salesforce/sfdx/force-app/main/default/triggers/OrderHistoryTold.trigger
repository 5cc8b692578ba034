trigger OrderHistoryTold on Order_Status_History__c (after insert) {
    Set<Id> orders = new Set<Id>();
    for (Order_Status_History__c one : Trigger.new) {
        orders.add(one.Order__c);
    }
    OrderUpdates.tell(orders, 'history');
}
